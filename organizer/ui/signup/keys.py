"""The keys of the sign-up form."""

SAVE, PRINT, LATER, TRANSFER = "Ctrl+Return", "Ctrl+P", "Ctrl+B", "Ctrl+R"
REFUSE = "Ctrl+E"
