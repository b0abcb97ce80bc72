import json
import logging
import os
import sys
import time

logger = logging.getLogger()
logger.setLevel("INFO")


class OrderRejected(Exception):
    pass


def handler(event, context):
    """Performs the action in the event."""
    action, value = event.get("do"), event.get("value")
    if action == "echo":
        return value
    if action == "throw":
        raise OrderRejected(value)
    if action == "exit":
        sys.exit(value)
    if action == "die":
        os._exit(value)
    if action == "sleep":
        time.sleep(value)
    if action == "unserializable":
        return {1, 2}
    if action == "log":
        print("printed")
        logger.info("logged %s", value)
        logger.warning("warned")
        return None
    if action == "context":
        custom = context.client_context.custom if context.client_context else None
        return {
            "request_id": context.aws_request_id,
            "arn": context.invoked_function_arn,
            "name": context.function_name,
            "version": context.function_version,
            "memory": context.memory_limit_in_mb,
            "group": context.log_group_name,
            "stream": context.log_stream_name,
            "remaining": context.get_remaining_time_in_millis(),
            "custom": custom,
            "root": os.environ["LAMBDA_TASK_ROOT"],
        }
    return event
