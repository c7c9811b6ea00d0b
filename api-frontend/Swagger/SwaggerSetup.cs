using System.Text.Json;
using Interven.Contracts;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Interven.ApiFrontend.Swagger;

static class SwaggerSetup
{
    public static void AddSwagger(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSingleton<ISerializerDataContractResolver>(new JsonSerializerDataContractResolver(new JsonSerializerOptions(ContractJson.Default.Options)
        {
            TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
        }));
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new()
            {
                Title = "Interven",
                Version = "v1",
                Description = "The gateway that AI agents ask before every tool call. `/v1` is for agents and machines (API key), `/api` for people and the console (session cookie, or the token of a service account).",
            });
            options.OperationFilter<DescribedOperations>();
            options.SchemaFilter<ContractSchemas>();
            options.SupportNonNullableReferenceTypes();
            options.CustomSchemaIds(type => type.IsGenericType ? type.GetGenericArguments()[0].Name + "Page" : type.Name);
            options.IncludeXmlComments(Path.Combine(AppContext.BaseDirectory, "Interven.Contracts.xml"));
            options.AddSecurityDefinition("bearer", new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key (`iv_live_…`, `iv_eph_…`) on /v1; a service account or the operator (`iv_svc_…`) on /api. People sign in with POST /api/auth/login instead: a cookie, and the header X-Interven-CSRF with every change.",
            });
            options.AddSecurityRequirement(document => new() { [new OpenApiSecuritySchemeReference("bearer", document)] = [] });
        });
    }

    /// <summary>Beside the path of scans, which would pass through both for nothing.</summary>
    public static void UseSwaggerPages(this WebApplication app) => app.UseWhen(http => http.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase), pages =>
    {
        pages.UseSwagger();
        pages.UseSwaggerUI(options =>
        {
            options.DocumentTitle = "Interven API";
            options.SwaggerEndpoint("/swagger/v1/swagger.json", "Interven v1");
        });
    });
}
