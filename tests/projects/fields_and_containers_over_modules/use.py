"""Never names a provider."""
import state as module
from state import CLIENTS, State, build, state


def by_value(prompt: str) -> None:
    state.llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    state.gemini.models.generate_content(model="gemini-2.5-flash", contents=prompt)  # finds: CMK101
    state.tagged_llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    build().llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    module.state.llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    CLIENTS["fast"].responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    module.CLIENTS["good"].responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201


def by_annotation(given: State, prompt: str) -> None:
    given.llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    given.gemini.models.count_tokens(model="gemini-2.5-flash", contents=prompt)  # ok: CMK101


async def aio(given: State, prompt: str) -> None:
    await given.gemini.aio.models.generate_content(model="gemini-2.5-flash", contents=prompt)  # finds: CMK101
