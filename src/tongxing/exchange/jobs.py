"""Care for the queue itself."""

from procrastinate.contrib.django import app

STALLED_AFTER_SECONDS = 20


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", queueing_lock="exchange.retry_stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:  # noqa: ARG001 - the queue passes the minute
    """Give the jobs of a worker that died to another one; every job may be run twice."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        await manager.retry_job(job)
