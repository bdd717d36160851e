"""Handlers that read it from the request."""


async def chat(request, m):
    await request.state.model_client.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    await request.state.tagged_client.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201
    await request.state.log.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201


ALL = [chat]
