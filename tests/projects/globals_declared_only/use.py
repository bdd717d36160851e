from holder import app


async def ask(prompt):
    return await app.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": prompt}])  # finds: CMK101
