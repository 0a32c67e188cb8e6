# syntax=docker/dockerfile:1

FROM node:24-bookworm-slim AS build
# better-sqlite3 is built from source where no binary of it can be had.
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund
# What the database driver was built from, 25 MB, does not run.
RUN cd node_modules/better-sqlite3 && rm -rf deps src build/Release/obj build/Release/obj.target

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATABASE_URL=sqlite:/data/trunkline.db
RUN useradd --system --uid 999 --user-group --no-create-home app && install -d -o app -g app /data /srv/phones/flows
WORKDIR /app
COPY --from=build /app/package.json /app/README.md /app/LICENSE /app/scenario.schema.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/migrations ./migrations
COPY --from=build /app/template ./template
COPY --from=build /app/flows ./flows
USER app
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=10s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/cli.js", "serve", "/srv/phones"]
