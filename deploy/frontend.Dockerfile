# syntax=docker/dockerfile:1
# docker build -f deploy/frontend.Dockerfile -t interven/frontend:0.1.0 .
FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish api-frontend/Interven.ApiFrontend.csproj -c Release -o /app --nologo -p:UseAppHost=false -p:PublishReadyToRun=true

# No shell, no package manager; `extra` brings ICU and time zones, which names, numbers and dates of the engine need.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build --link /app .
ENV INTERVEN_URL=http://0.0.0.0:8080 \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false
EXPOSE 8080
USER 1654
ENTRYPOINT ["dotnet", "Interven.ApiFrontend.dll"]
