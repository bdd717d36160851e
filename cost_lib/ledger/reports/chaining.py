"""What chains of calls cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cost_lib.ledger.queries import condition_on, rendered, source

if TYPE_CHECKING:
    from cost_lib.ledger.asking.question import Question
    from cost_lib.ledger.session import Session, Table

KEY = "chain"


def chains(session: Session, question: Question, *, limit: int = 10) -> Table:
    """Find the most expensive chains; by anything, how the costs of its chains spread."""
    view = question.view("chain_id", "event_id")
    parts = {"from": source(view), "where": condition_on(view, question.condition.sql)}
    if not question.grouping.dimensions:
        return session.answer(view, rendered("chains", **parts), {**question.parameters, "limit": limit}, (KEY,))
    query = rendered("chain_costs", by=question.grouping.spliced(), **parts)
    return session.answer(view, query, question.parameters, question.grouping.names)
