"""The rival: the same two reads as a program on FastAPI, asyncpg and Jinja2 is usually written.

A pool, a transaction a request that sets its tenant, the credential looked up by its digest, then the rows. Hosts are
kept in memory, it writes no access log and traces nothing: all in its favour.
"""

import hashlib
import os
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from uuid import UUID

import asyncpg
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel

COLUMNS = "customer_id, number, name, phone, address, neighbourhood, state, since"
STATES = {
    "prospect": "Prospecto",
    "awaiting_installation": "Por instalar",
    "active": "Activo",
    "in_debt": "Con adeudo",
    "suspended": "Suspendido",
    "frozen": "Congelado",
    "courtesy": "Cortesía",
    "cancelled": "Cancelado",
}
templates = Jinja2Templates(directory=Path(__file__).parent)


class Customer(BaseModel):
    customer_id: UUID
    number: int
    name: str
    phone: str
    address: str
    neighbourhood: str
    state: str
    since: date


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.pool = await asyncpg.create_pool(os.environ["RIVAL_DATABASE"], min_size=8, max_size=8)
    app.state.tenants = {"uno.localhost": UUID(os.environ["RIVAL_TENANT"])}
    yield
    await app.state.pool.close()


app = FastAPI(lifespan=lifespan, telemetry={"tracing": False, "metrics": False, "logs": False})


TOKEN = """SELECT permissions FROM api_tokens
    WHERE tenant_id = $1 AND digest = $2 AND revoked_at IS NULL AND expires_at > now()"""
SESSION = """SELECT p.permissions FROM sessions s JOIN staff p ON p.tenant_id = s.tenant_id AND p.staff_id = s.staff_id
    WHERE s.tenant_id = $1 AND s.digest = $2 AND s.ended_at IS NULL AND s.expires_at > now()
        AND s.seen_at > now() - interval '30 min' AND p.state = 'active'"""


@asynccontextmanager
async def authorised(request: Request, query: str, secret: str):
    """The request's transaction, in its tenant and with its credential checked."""
    tenant = app.state.tenants.get(request.headers["host"].partition(":")[0])
    if tenant is None:
        raise HTTPException(421)
    async with app.state.pool.acquire() as connection, connection.transaction():
        await connection.execute("SELECT set_config('app.tenant_id', $1, true)", str(tenant))
        credential = await connection.fetchrow(
            query,
            tenant,
            hashlib.sha256(secret.encode()).digest(),
        )
        if credential is None:
            raise HTTPException(401)
        if "customers.read" not in credential["permissions"]:
            raise HTTPException(403)
        yield connection, tenant


@app.get("/api/v1/customers/{customer_id}")
async def customer(request: Request, customer_id: UUID) -> Customer:
    secret = request.headers.get("authorization", "").removeprefix("Bearer ")
    async with authorised(request, TOKEN, secret) as (connection, tenant):
        row = await connection.fetchrow(
            f"SELECT {COLUMNS} FROM customers WHERE tenant_id = $1 AND customer_id = $2", tenant, customer_id
        )
    if row is None:
        raise HTTPException(404)
    return Customer(**row)


@app.get("/panel/customers")
async def customers(request: Request, after: int = 0) -> HTMLResponse:
    secret = request.cookies.get("session", "")
    async with authorised(request, SESSION, secret) as (connection, tenant):
        rows = await connection.fetch(
            f"SELECT {COLUMNS} FROM customers WHERE tenant_id = $1 AND number > $2 ORDER BY number LIMIT 51", tenant, after
        )
    return templates.TemplateResponse(
        request, "customers.html", {"customers": rows[:50], "states": STATES, "after": after, "more": len(rows) > 50}
    )
