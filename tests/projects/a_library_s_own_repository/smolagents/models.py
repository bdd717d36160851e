import openai


def ask(task):
    return openai.responses.create(model="gpt-4o", input=task)  # finds: CMK101
