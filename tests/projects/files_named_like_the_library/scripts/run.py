import cohere

print(cohere.Client().embed(texts=["a"]))  # ok: CMK101
