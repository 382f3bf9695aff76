using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Dashboard.Broker.Tests.Architecture;

/// <summary>"Type <paramref name="User"/> mentions type <paramref name="Used"/>", both outermost types by full name.</summary>
internal sealed record Use(string User, string Used);

/// <summary>
/// Everything that the types of a built assembly mention: base types, interfaces, attributes, fields, signatures, generic
/// arguments and the instructions of every method. Read from the file, so that neither an alias, a fully qualified name,
/// <c>var</c> nor a lambda hides anything; only constants do, which the compiler copies.
/// </summary>
internal static class Uses
{
    public static IReadOnlyList<Use> Of(string assemblyFile)
    {
        using var file = new PEReader(File.OpenRead(assemblyFile));
        var metadata = file.GetMetadataReader();
        var mentions = new TypeMentions(file, metadata);
        return
        [
            .. metadata.TypeDefinitions
                .SelectMany(type =>
                {
                    var user = TypeNames.Outermost(metadata, type);
                    return mentions.In(type).Where(used => used != user).Select(used => new Use(user, used));
                })
                .Distinct(),
        ];
    }

    /// <summary>The names of the assemblies that an assembly needs.</summary>
    public static IReadOnlyList<string> AssembliesOf(string assemblyFile)
    {
        using var file = new PEReader(File.OpenRead(assemblyFile));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name)),
        ];
    }
}
