from smolagents.agents import CodeAgent

print(CodeAgent().run("?"))  # ok: CMK103
