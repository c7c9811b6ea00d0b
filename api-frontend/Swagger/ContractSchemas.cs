using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Interven.ApiFrontend.Swagger;

/// <summary>Says of contract types what their C# says: which members may be null, which are always there, and that others may join them later.</summary>
sealed class ContractSchemas : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { } members } own || context.Type.Assembly != typeof(Contracts.Actor).Assembly)
            return;
        own.AdditionalPropertiesAllowed = context.Type.GetCustomAttribute<JsonUnmappedMemberHandlingAttribute>() is null;
        own.Required ??= new HashSet<string>();
        var nullability = new NullabilityInfoContext();
        foreach (var property in context.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            var isAsked = property.IsDefined(typeof(RequiredAttribute));
            if (!members.TryGetValue(name, out var member) || !isAsked && nullability.Create(property).ReadState == NullabilityState.Nullable)
                continue;
            if (member is OpenApiSchema one)
                one.Type &= ~JsonSchemaType.Null;
            if (!HasDefault(context.Type, property))
                own.Required.Add(name);
        }
    }

    /// <summary>A record's parameter with a default may be left out of a request.</summary>
    static bool HasDefault(Type type, PropertyInfo property) =>
        type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Any(parameter => parameter.Name == property.Name && parameter.HasDefaultValue)
        && !property.IsDefined(typeof(RequiredAttribute));
}
