using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace Interven.Silo.Hosting;

/// <summary>
/// TLS between silos, and between front ends and silos (section <c>Interven:Silo:Tls</c>; absent: none). Both ends show a certificate, and each believes
/// those alone that the cluster's own authority has signed. Names are not compared: silos come and go at any address.
/// </summary>
public sealed class ClusterTls
{
    public const string Section = "Interven:Silo:Tls";

    readonly X509Certificate2 own;
    readonly X509Certificate2Collection authority;

    ClusterTls(X509Certificate2 own, X509Certificate2Collection authority) => (this.own, this.authority) = (own, authority);

    /// <summary>Null where the section is not there.</summary>
    /// <exception cref="InvalidOperationException">Lists every setting that is wrong.</exception>
    public static ClusterTls? From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (!section.Exists())
            return null;
        var problems = new List<string>();
        var (certificate, key, authority) = (File(section, "Certificate", problems), File(section, "Key", problems), File(section, "Authority", problems));
        if (problems.Count == 0)
            try
            {
                var trusted = new X509Certificate2Collection();
                trusted.ImportFromPemFile(authority);
                var tls = new ClusterTls(X509Certificate2.CreateFromPemFile(certificate, key), trusted);
                if (tls.Trusts(tls.own))
                    return tls;
                problems.Add($"{Section}:Certificate is over, not yet valid, or not signed by {Section}:Authority.");
            }
            catch (CryptographicException)
            {
                problems.Add($"{Section}: certificate, key and authority must be PEM files, and the key the certificate's own.");
            }
        throw new InvalidOperationException("The configuration cannot be used:\n  " + string.Join("\n  ", problems));
    }

    public void Configure(TlsOptions options)
    {
        options.LocalCertificate = own;
        options.LocalClientCertificateSelector = (_, _, _, _, _) => own;
        (options.RemoteCertificateMode, options.ClientCertificateMode) = (RemoteCertificateMode.RequireCertificate, RemoteCertificateMode.RequireCertificate);
        options.RemoteCertificateValidation = (shown, _, _) => Trusts(shown);
        options.OnAuthenticateAsClient = (_, client) => client.TargetHost = "interven";
    }

    bool Trusts(X509Certificate2 shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(shown);
    }

    static string File(IConfigurationSection section, string name, List<string> problems)
    {
        if (section[name] is not { Length: > 0 } path)
            problems.Add($"{Section}:{name} is not set; it names a PEM file.");
        else if (!System.IO.File.Exists(path))
            problems.Add($"{Section}:{name} names a file that is not there or may not be read.");
        else
            return path;
        return "";
    }
}
