"""A task has the attributes of the class that it is based on; bound, it gets itself."""
from celery import Celery, Task
from openai import OpenAI
from cost_lib import tagged

app = Celery("x")


class ModelTask(Task):
    _client = None

    @property
    def client(self):
        if self._client is None:
            self._client = OpenAI()
        return self._client

    @property
    def safe(self):
        return tagged(OpenAI(), feature="x")


class SafeTask(Task):
    @property
    def client(self):
        return tagged(OpenAI(), feature="x")


@app.task(base=ModelTask, bind=True)
def bound(self, m):
    self.client.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    self.safe.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201


@app.task(base=ModelTask)
def by_its_name(m):
    by_its_name.client.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    by_its_name.safe.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201


@app.task(base=SafeTask, bind=True)
def safe(self, m):
    self.client.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201


@app.task(bind=True)
def without_a_class(self, m):
    self.client.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201
