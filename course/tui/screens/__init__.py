"""The screens: they show values and forward intents."""
