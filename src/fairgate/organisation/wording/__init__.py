"""What pages, PDFs and the command line say, in one place: pure functions from results to sentences.

They take the translations as an argument (`Translations`): the web passes Django's, the command line the standard
library's, so that neither has to load the other.
"""
