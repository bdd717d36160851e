import openai


def ask(prompt):
    return openai.chat.completions.create(model="gpt-4o", messages=prompt)  # finds: CMK101
