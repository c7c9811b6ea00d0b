namespace Interven.Grains.Ports;

/// <summary>Says whether Interven may call a URL that somebody configures.</summary>
public interface IEgressUrls
{
    /// <summary>What is wrong, in words that carry no part of the URL; null where nothing is.</summary>
    string? Check(string? url);
}
