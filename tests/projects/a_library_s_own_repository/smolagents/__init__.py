from smolagents.agents import CodeAgent
