from __future__ import annotations

from typing import Annotated, Optional

from fastapi import Depends, FastAPI

from cost_lib import tags
from svc.core import service
from svc.core.service import Caching, Good, Service, make

app = FastAPI()
SERVICE = make()


def get_service() -> Service:
    return SERVICE


@app.post("/a")
def route(prompt: str, svc: Service = Depends(get_service)) -> str:
    return svc.answer(prompt)  # finds: CMK207


@app.post("/b")
@tags(feature="b")
def route_b(prompt: str, svc: Annotated[Service, Depends(get_service)]) -> str:
    return svc.answer(prompt)  # ok: CMK207


@app.post("/c")
async def route_c(prompt: str, svc: Annotated[Service, Depends(get_service)]) -> str:
    with tags(feature="c"):
        return await svc.aanswer(prompt)  # ok: CMK207


@app.post("/d")
async def route_d(prompt: str, svc: Optional[Service] = None) -> str:
    return await svc.aanswer(prompt)  # finds: CMK207


class Job:
    service: Service

    def __init__(self, service: Service) -> None:
        self.service = service
        self.good = Good(None)

    def run(self, prompts: list[str]) -> list[str]:
        return [self.service.answer(p) for p in prompts]  # finds: CMK207

    @tags(feature="job")
    def run_tagged(self, prompts: list[str]) -> list[str]:
        return [self.service.answer(p) for p in prompts]  # ok: CMK207

    def run_good(self, p: str) -> str:
        return self.good.answer(p)  # finds: CMK207


def main() -> None:
    Job(service.make()).run(["x"])
    make().answer("x")  # finds: CMK207
    Caching(None).answer("x")  # ok: CMK207
    SERVICE.says("x")  # ok: CMK207
    with tags(feature="main"):
        make().answer("x")  # ok: CMK207
        Job(make()).run(["x"])  # ok: CMK207


if __name__ == "__main__":
    main()
