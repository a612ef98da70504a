"""The account in the words of the reader, in the shapes that the components take."""
