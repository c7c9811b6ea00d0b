using System.Text.Json;
using Orleans.Storage;

namespace Interven.Silo.Hosting;

/// <summary>Grain state as plain JSON: no type names in the rows, so that code may move.</summary>
sealed class StateSerializer : IGrainStorageSerializer
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, Options));

    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span, Options)!;
}
