from clients import for_base, for_files, for_models, of_the_caller


def run(bases):
    for_base(bases, "eu-west-1", None).retrieve_and_generate(input={"text": "?"})  # finds: CMK101
    for_models().converse(modelId="amazon.nova-lite-v1:0", messages=[])  # finds: CMK101
    of_the_caller(service_name="bedrock-runtime").converse(modelId="amazon.nova-lite-v1:0", messages=[])  # finds: CMK101
    for_files().converse(modelId="amazon.nova-lite-v1:0", messages=[])  # ok: CMK101
    of_the_caller(service_name="s3").get_object(Bucket="b", Key="k")  # ok: CMK101
