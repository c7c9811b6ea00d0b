# syntax=docker/dockerfile:1
# docker build -f deploy/silo.Dockerfile -t interven/silo:0.1.0 .
FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish silo/Interven.Silo.csproj -c Release -o /app --nologo -p:UseAppHost=false -p:PublishReadyToRun=true
RUN mkdir /spool

# No shell, no package manager; `extra` brings ICU and time zones, which names, numbers and dates of the engine need.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build --link /app .
# A volume takes its owner from here; the image itself can make no folder.
COPY --from=build --chown=1654:1654 /spool /var/lib/interven
ENV INTERVEN_DATA=/var/lib/interven \
    INTERVEN_SILO_URL=http://0.0.0.0:8081 \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false
# Orleans between silos, Orleans from front ends, health and metrics.
EXPOSE 11111 30000 8081
USER 1654
ENTRYPOINT ["dotnet", "Interven.Silo.dll"]
