"""A factory makes objects whose method makes the client; most files name no provider."""
