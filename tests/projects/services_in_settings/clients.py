import boto3


def for_base(bases, region, role):
    for base in bases:
        settings = {"service_name": "bedrock-agent-runtime"}
        if region:
            settings["region_name"] = region
        if role:
            settings["aws_session_token"] = boto3.client("sts").assume_role(RoleArn=role)["Credentials"]["SessionToken"]
        return boto3.client(**settings)
    raise LookupError(base)


def for_models(region=None):
    settings = dict(service_name="bedrock-runtime", region_name=region)
    return boto3.Session().client(**settings)


def for_files():
    settings = {"service_name": "s3"}
    return boto3.client(**settings)


def of_the_caller(**settings):
    return boto3.client(**settings)
