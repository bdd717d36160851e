"""Know Replicate's SDK: module functions, client, model and deployment objects."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Host, Layer, Method, Provider

CLIENT = "replicate.Client"
MODEL = "replicate.model.Model"
VERSION = "replicate.version.Version"
DEPLOYMENT = "replicate.deployment.Deployment"

PROVIDER: Final = Provider(
    name="replicate",
    layer=Layer.SDK,
    packages=("replicate",),
    source="replicate 1.0.7 introspected",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "replicate.client.Client"),
            model="",
            methods=(
                Method("run", api="prediction", model="ref"),
                Method("async_run", api="prediction", model="ref"),
                Method("stream", api="prediction", model="ref"),
                Method("async_stream", api="prediction", model="ref"),
                Method("predictions.create", api="prediction"),
                Method("predictions.async_create", api="prediction"),
                Method("models.predictions.create", api="prediction"),
                Method("models.predictions.async_create", api="prediction"),
                Method("deployments.predictions.create", api="prediction", model="deployment"),
                Method("deployments.predictions.async_create", api="prediction", model="deployment"),
                Method("trainings.create", Bills.JOB, "fine-tuning"),
                Method("trainings.async_create", Bills.JOB, "fine-tuning"),
                Method("models.get", Bills.FREE, returns=MODEL, model=""),
                Method("deployments.get", Bills.FREE, returns=DEPLOYMENT, model=""),
            ),
            free=(
                "deployments.create",
                "deployments.async_create",
                "files.create",
                "files.async_create",
                "models.create",
                "models.async_create",
                "predictions.cancel",
                "predictions.async_cancel",
                "predictions.get",
                "predictions.list",
                "trainings.cancel",
            ),
        ),
        ClientClass(
            names=(MODEL,),
            model="",
            methods=(
                Method("predict", api="prediction", model="", note="0.x"),
                Method("versions.get", Bills.FREE, returns=VERSION, model=""),
            ),
        ),
        ClientClass(names=(VERSION,), model="", methods=(Method("predict", api="prediction", model="", note="0.x"),)),
        ClientClass(
            names=(DEPLOYMENT,),
            model="",
            methods=(
                Method("predictions.create", api="prediction", model=""),
                Method("predictions.async_create", api="prediction", model=""),
            ),
        ),
    ),
    functions=(
        Function(
            names=("replicate.run", "replicate.async_run", "replicate.stream", "replicate.async_stream"),
            api="prediction",
            model="ref",
            positions=("ref",),
        ),
        Function(
            names=(
                "replicate.predictions.create",
                "replicate.predictions.async_create",
                "replicate.models.predictions.create",
                "replicate.models.predictions.async_create",
                "replicate.deployments.predictions.create",
                "replicate.deployments.predictions.async_create",
            ),
            api="prediction",
        ),
        Function(names=("replicate.trainings.create", "replicate.trainings.async_create"), bills=Bills.JOB, api="fine-tuning"),
        Function(names=("replicate.models.get",), bills=Bills.FREE, api="", returns=MODEL, model=""),
        Function(names=("replicate.deployments.get",), bills=Bills.FREE, api="", returns=DEPLOYMENT, model=""),
    ),
    hosts=(
        Host(
            host="api.replicate.com",
            paths=(
                "/v1/predictions",
                "/v1/models/*/predictions",
                "/v1/models/*/*/predictions",
                "/v1/deployments/*/predictions",
                "/v1/deployments/*/*/predictions",
                "/v1/trainings",
                "/v1/models/*/*/versions/*/trainings",
            ),
        ),
    ),
)
