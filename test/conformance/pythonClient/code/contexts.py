import logging


def details(context):
    return {
        "repr": repr(context),
        "text": str(context),
        "attributes": list(vars(context)),
        "values": {name: repr(value) for name, value in vars(context).items() if not name.startswith("_")},
        "class": repr(type(context)),
        "methods": [name for name in dir(context) if not name.startswith("_")],
        "identity": [repr(context.identity), repr(type(context.identity)), hasattr(context.identity, "__dict__")],
        "client": repr(context.client_context),
        "remaining": [type(context.get_remaining_time_in_millis()).__name__, context.get_remaining_time_in_millis() > 0],
        "deadline": type(context._epoch_deadline_time_in_ms).__name__,
    }


def set_attributes(context):
    context.more = 1
    context.aws_request_id = "own"
    return [context.more, context.aws_request_id]


def set_identity(context):
    context.identity.more = 1


def past_deadline(context):
    context._epoch_deadline_time_in_ms = 5
    return context.get_remaining_time_in_millis()


def tenant(context):
    logging.getLogger().handlers[0].setFormatter(logging.Formatter("%(tenant_id)s %(message)s"))
    logging.error("logged")
    return context.tenant_id


def tenant_log(context):
    logging.error("logged")


def handler(event, context):
    return globals()[event](context)
