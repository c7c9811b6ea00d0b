using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Interven.Cluster.Tests.Securing;

/// <summary>A certificate authority of a test, and what it signs, as PEM files.</summary>
sealed class Authority : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("interven-tls-").FullName;
    readonly X509Certificate2 root;

    public Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=cluster authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        root = request.CreateSelfSigned(Now.AddHours(-1), Now.AddDays(1));
        File.WriteAllText(Pem, root.ExportCertificatePem());
    }

    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    string Pem => Path.Combine(folder, "authority.pem");

    /// <summary>The settings of a process with a certificate of its own.</summary>
    public Dictionary<string, string> Settings(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        using var signed = request.Create(root, Now.AddHours(-1), Now.AddHours(20), RandomNumberGenerator.GetBytes(8));
        var (certificate, secret) = (Path.Combine(folder, name + ".pem"), Path.Combine(folder, name + ".key"));
        File.WriteAllText(certificate, signed.ExportCertificatePem());
        File.WriteAllText(secret, key.ExportPkcs8PrivateKeyPem());
        return new() { ["Interven__Silo__Tls__Certificate"] = certificate, ["Interven__Silo__Tls__Key"] = secret, ["Interven__Silo__Tls__Authority"] = Pem };
    }

    public void Dispose()
    {
        root.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
