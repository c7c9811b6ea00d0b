using System.Text.Json.Nodes;
using Interven.ApiFrontend.Identity;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Interven.ApiFrontend.Swagger;

/// <summary>Carries <see cref="EndpointDocs"/> over into the OpenAPI document.</summary>
sealed class DescribedOperations : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<RequiredPermission>().FirstOrDefault() is { } required)
        {
            operation.Description += "\n\n" + required.InWords;
            operation.AddExtension("x-permission", new JsonNodeExtension(required.Permission.Name));
        }
        else if (context.ApiDescription.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == false)
            operation.Security = [];
        operation.Parameters = [.. Parameters(context.ApiDescription.RelativePath ?? "", metadata)];
        if (metadata.OfType<TakesBody>().FirstOrDefault() is { } body)
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Json("application/json", body.Shape, body.Example, context) };
        operation.Responses = new OpenApiResponses();
        foreach (var answer in metadata.OfType<GivesAnswer>())
            operation.Responses[answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(answer.Status),
                Content = answer.MediaType is { } type ? new Dictionary<string, IOpenApiMediaType> { [type] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } } }
                    : answer.Shape is null ? null : Json(answer.Status < 400 ? "application/json" : "application/problem+json", answer.Shape, answer.Example, context),
            };
    }

    static IEnumerable<IOpenApiParameter> Parameters(string path, IList<object> metadata)
    {
        foreach (var name in path.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => segment.Trim('{', '}')))
            yield return new OpenApiParameter
            {
                In = ParameterLocation.Path,
                Name = name,
                Required = true,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        foreach (var parameter in metadata.OfType<TakesParameter>())
            yield return new OpenApiParameter
            {
                In = parameter.In == "query" ? ParameterLocation.Query : ParameterLocation.Header,
                Name = parameter.Name,
                Description = parameter.Description,
                Schema = new OpenApiSchema { Type = parameter.IsWhole ? JsonSchemaType.Integer : JsonSchemaType.String },
            };
    }

    static Dictionary<string, IOpenApiMediaType> Json(string type, Type shape, string? example, OperationFilterContext context) => new()
    {
        [type] = new OpenApiMediaType
        {
            Schema = shape == typeof(object) ? new OpenApiSchema { Type = JsonSchemaType.Object } : context.SchemaGenerator.GenerateSchema(shape, context.SchemaRepository),
            Example = example is null ? null : JsonNode.Parse(example),
        },
    };
}
