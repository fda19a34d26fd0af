"""What programs read of the platform: each service's OpenAPI on one page, and what services tell each other."""
