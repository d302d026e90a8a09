"""Runs the migrations on the connection that ``upgrade`` hands over; there is no other way in."""

from alembic import context

from pos_client.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
