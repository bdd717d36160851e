class Base:
    def __init__(self, thing):
        self.thing = thing

    def run(self, prompt):
        return self.thing.responses.create(model="gpt-4o", input=prompt)  # finds: CMK101


class Quiet:
    def __init__(self, thing):
        self.thing = thing

    def run(self, prompt):
        return self.thing.responses.create(model="gpt-4o", input=prompt)  # ok: CMK101
