from app import App, Plain


async def ask(app: App, prompt):
    return await app.llm.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": prompt}])  # finds: CMK101


async def ask_plain(app: Plain, prompt):
    return await app.llm.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": prompt}])  # ok: CMK101
