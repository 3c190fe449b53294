# syntax=docker/dockerfile:1
# Style sheets and font; the system's libraries; Python packages and collected static files; and what runs, without tools.

FROM node:24-bookworm-slim AS front-end
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim-bookworm AS system
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

FROM system AS build
WORKDIR /app
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY --from=front-end /app/node_modules node_modules
COPY . .
# settings.py asks for a key, which this step does not use
RUN SECRET_KEY=only-for-collecting-static-files python -m tools.prepare static

FROM system AS run
RUN useradd --system --uid 10001 --create-home bostad \
    && install -d -o bostad /var/lib/bostad
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app/var/static var/static
COPY --from=front-end /app/node_modules node_modules
COPY manage.py ./
COPY static static
COPY templates templates
COPY bostad bostad
COPY contracts contracts
COPY referrals referrals
USER bostad
EXPOSE 8000
# threads wait for PostgreSQL; the heartbeat file stays in memory
CMD ["gunicorn", "bostad.wsgi", "--bind=0.0.0.0:8000", "--workers=3", "--threads=4", "--worker-tmp-dir=/dev/shm", "--no-control-socket", "--access-logfile=-"]
