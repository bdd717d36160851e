from holder import boxed, current


def ask(prompt):
    return current.client.responses.create(model="gpt-4o", input=prompt)  # finds: CMK101


def ask_boxed(prompt):
    return boxed.client.responses.create(model="gpt-4o", input=prompt)  # ok: CMK101
