"""Facts that change with the law and the science: dated rows with a source."""
