"""Letters by e-mail and messages on the page, in the reader's language."""
