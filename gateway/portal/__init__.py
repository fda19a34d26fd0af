"""The pages that people read: whole from the server, no script, nothing from elsewhere, light on a weak network."""
