from holder import mailer


async def send(prompt):
    return await mailer.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": prompt}])  # ok: CMK101
