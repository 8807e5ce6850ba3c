"""Controls that screens are made of; they know the theme, no service and no screen."""
