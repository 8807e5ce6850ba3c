"""The grammar of each noun; a module is loaded when its noun is spoken."""
