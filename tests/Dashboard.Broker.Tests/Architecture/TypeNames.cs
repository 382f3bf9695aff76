using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Dashboard.Broker.Tests.Architecture;

/// <summary>Names of types, and the sets of names that a signature mentions. A nested type counts as its outermost one.</summary>
internal sealed class TypeNames : ISignatureTypeProvider<ImmutableHashSet<string>, object?>
{
    private static readonly ImmutableHashSet<string> None = [];

    public static string Outermost(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var outer = type.GetDeclaringType();
        return outer.IsNil ? Join(metadata, type.Namespace, type.Name) : Outermost(metadata, outer);
    }

    public static string Outermost(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? Outermost(metadata, (TypeReferenceHandle)type.ResolutionScope)
            : Join(metadata, type.Namespace, type.Name);
    }

    public ImmutableHashSet<string> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        [Outermost(reader, handle)];

    public ImmutableHashSet<string> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        [Outermost(reader, handle)];

    public ImmutableHashSet<string> GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public ImmutableHashSet<string> GetGenericInstantiation(
        ImmutableHashSet<string> genericType, ImmutableArray<ImmutableHashSet<string>> typeArguments) =>
        typeArguments.Aggregate(genericType, (all, argument) => all.Union(argument));

    public ImmutableHashSet<string> GetFunctionPointerType(MethodSignature<ImmutableHashSet<string>> signature) => Of(signature);

    public ImmutableHashSet<string> GetModifiedType(
        ImmutableHashSet<string> modifier, ImmutableHashSet<string> unmodifiedType, bool isRequired) => modifier.Union(unmodifiedType);

    public ImmutableHashSet<string> GetArrayType(ImmutableHashSet<string> elementType, ArrayShape shape) => elementType;

    public ImmutableHashSet<string> GetByReferenceType(ImmutableHashSet<string> elementType) => elementType;

    public ImmutableHashSet<string> GetPinnedType(ImmutableHashSet<string> elementType) => elementType;

    public ImmutableHashSet<string> GetPointerType(ImmutableHashSet<string> elementType) => elementType;

    public ImmutableHashSet<string> GetSZArrayType(ImmutableHashSet<string> elementType) => elementType;

    public ImmutableHashSet<string> GetGenericMethodParameter(object? genericContext, int index) => None;

    public ImmutableHashSet<string> GetGenericTypeParameter(object? genericContext, int index) => None;

    public ImmutableHashSet<string> GetPrimitiveType(PrimitiveTypeCode typeCode) => None;

    public static ImmutableHashSet<string> Of(MethodSignature<ImmutableHashSet<string>> signature) =>
        signature.ParameterTypes.Aggregate(signature.ReturnType, (all, parameter) => all.Union(parameter));

    private static string Join(MetadataReader metadata, StringHandle space, StringHandle name) =>
        space.IsNil ? metadata.GetString(name) : metadata.GetString(space) + "." + metadata.GetString(name);
}
