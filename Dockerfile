# The agent, with Spaces for who wants it, as a container: docker build -t flatfile-agent .
# docs/container.md says how it is run; eng/container-proof runs these very commands where no engine builds images.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# All on: a package the feed lacks then fails the build, instead of an agent that lacks a part or starts slowly.
ARG WITH_HANGFIRE=true
ARG WITH_AZURE_SERVICE_BUS=true
ARG WITH_READY_TO_RUN=true
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig appsettings.json ./
COPY eng/BannedSymbols.txt eng/
COPY src/ src/
COPY plugins/ plugins/
# The analyzers belong to the check of a change; here they would only take their time again.
RUN dotnet publish src/AgentHost/AgentHost.csproj -c Release -o /out -p:WithHangfire=$WITH_HANGFIRE -p:WithAzureServiceBus=$WITH_AZURE_SERVICE_BUS -p:WithReadyToRun=$WITH_READY_TO_RUN -p:RunAnalyzers=false
RUN mkdir -p /empty-data

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS agent
# The system's SQLite is kept patched by the system; the one that comes with the packages is old.
RUN apt-get update && apt-get install -y --no-install-recommends libsqlite3-0 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /out ./
COPY --from=build --chown=$APP_UID /empty-data /data
# The image's own choice of a port would only be warned about; diagnostics would want to write beside /tmp.
ENV ASPNETCORE_HTTP_PORTS= \
    DOTNET_EnableDiagnostics=0 \
    Agent__Listen=0.0.0.0
USER $APP_UID
VOLUME ["/app/plugins", "/data"]
EXPOSE 5080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=3 CMD ["dotnet", "/app/Flatfile.Agent.Host.dll", "health", "--data", "/data"]
ENTRYPOINT ["dotnet", "/app/Flatfile.Agent.Host.dll"]
CMD ["serve", "--data", "/data"]
