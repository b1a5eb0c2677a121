// Improves what is complete without it: shows the buttons that need a script.
