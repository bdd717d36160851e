"""A support bot as many teams have one: five features, three providers, one bill."""
