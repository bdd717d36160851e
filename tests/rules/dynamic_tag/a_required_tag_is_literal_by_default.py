# policy:
# enable = ["CMK204"]
# required-tags = ["team", "experiment_id"]
# [tags.experiment_id]
# literal = false
"""Required tags and ``feature`` are literal by default; ``literal = false`` lifts it."""
from openai import OpenAI

from cost_lib import tagged

client = OpenAI()


def calls(request) -> None:
    tagged(client, team=request.team, experiment_id="e1").responses.create(input="x")  # finds: CMK204
    tagged(client, team="growth", experiment_id=request.arm).responses.create(input="x")  # ok: CMK204
    tagged(client, team="growth", experiment_id="e1", feature=request.path).responses.create(input="x")  # finds: CMK204
    tagged(client, team="growth", experiment_id="e1", project=request.project).responses.create(input="x")  # ok: CMK204
