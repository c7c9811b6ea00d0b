namespace Interven.ApiFrontend.Swagger;

/// <summary>Examples of the OpenAPI document about people.</summary>
static class PeopleExamples
{
    public const string Login = """{ "email": "rosa@acme.example", "password": "correct horse battery" }""";

    public const string ChangePassword = """{ "current": "correct horse battery", "new": "staple of many horses" }""";

    public const string TotpCode = """{ "code": "492039" }""";

    public const string InviteUser = """{ "email": "ulla@acme.example", "role": "auditor" }""";

    public const string PatchUser = """{ "role": "reviewer" }""";

    public const string PutSso = """{ "issuer": "https://accounts.google.com", "client_id": "1234.apps.googleusercontent.com", "client_secret": "GOCSPX-of-your-own", "domains": ["acme.example"] }""";

    public const string CreateServiceAccount = """{ "name": "nightly SIEM export", "role": "auditor", "ip_allowlist": ["203.0.113.0/24"] }""";
}
