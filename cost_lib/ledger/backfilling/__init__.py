"""Make events of what was logged before costmark was there: answers of providers, and the application's own lines about them."""
