using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Dashboard.Broker.Tests.Architecture;

/// <summary>Collects the types that one type mentions, by following every handle to the types behind it.</summary>
internal sealed class TypeMentions(PEReader file, MetadataReader metadata)
{
    private static readonly TypeNames Names = new();

    public IEnumerable<string> In(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return
        [
            .. Behind(type.BaseType),
            .. type.GetInterfaceImplementations().SelectMany(each => Behind(metadata.GetInterfaceImplementation(each).Interface)),
            .. type.GetCustomAttributes().SelectMany(Behind),
            .. type.GetGenericParameters().SelectMany(Behind),
            .. type.GetFields().SelectMany(each => Behind((EntityHandle)each)),
            .. type.GetMethods().SelectMany(InMethod),
        ];
    }

    private IEnumerable<string> InMethod(MethodDefinitionHandle handle)
    {
        var method = metadata.GetMethodDefinition(handle);
        IEnumerable<string> mentions =
        [
            .. TypeNames.Of(method.DecodeSignature(Names, null)),
            .. method.GetCustomAttributes().SelectMany(Behind),
            .. method.GetGenericParameters().SelectMany(Behind),
        ];
        if (method.RelativeVirtualAddress == 0)
        {
            return mentions;
        }

        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        return
        [
            .. mentions,
            .. Behind(body.LocalSignature),
            .. body.ExceptionRegions.SelectMany(region => Behind(region.CatchType)),
            .. Instructions.Tokens(body.GetILReader()).SelectMany(token => Behind(MetadataTokens.EntityHandle(token))),
        ];
    }

    private IEnumerable<string> Behind(CustomAttributeHandle handle) => Behind(metadata.GetCustomAttribute(handle).Constructor);

    private IEnumerable<string> Behind(GenericParameterHandle handle) =>
        metadata.GetGenericParameter(handle).GetConstraints()
            .SelectMany(each => Behind(metadata.GetGenericParameterConstraint(each).Type));

    private IEnumerable<string> Behind(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return [];
        }

        return handle.Kind switch
        {
            HandleKind.TypeDefinition => [TypeNames.Outermost(metadata, (TypeDefinitionHandle)handle)],
            HandleKind.TypeReference => [TypeNames.Outermost(metadata, (TypeReferenceHandle)handle)],
            HandleKind.TypeSpecification =>
                metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(Names, null),
            HandleKind.FieldDefinition => BehindField(metadata.GetFieldDefinition((FieldDefinitionHandle)handle)),
            HandleKind.MethodDefinition => BehindMethod(metadata.GetMethodDefinition((MethodDefinitionHandle)handle)),
            HandleKind.MethodSpecification => BehindGenericMethod(metadata.GetMethodSpecification((MethodSpecificationHandle)handle)),
            HandleKind.MemberReference => BehindMember(metadata.GetMemberReference((MemberReferenceHandle)handle)),
            HandleKind.StandaloneSignature => BehindSignature(metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle)),
            _ => throw new NotSupportedException($"a token of kind {handle.Kind}"),
        };
    }

    private IEnumerable<string> BehindField(FieldDefinition field) =>
        [.. Behind((EntityHandle)field.GetDeclaringType()), .. field.DecodeSignature(Names, null)];

    private IEnumerable<string> BehindMethod(MethodDefinition method) =>
        [.. Behind((EntityHandle)method.GetDeclaringType()), .. TypeNames.Of(method.DecodeSignature(Names, null))];

    private IEnumerable<string> BehindGenericMethod(MethodSpecification method) =>
        [.. Behind(method.Method), .. method.DecodeSignature(Names, null).SelectMany(argument => argument)];

    private IEnumerable<string> BehindMember(MemberReference member) =>
    [
        .. Behind(member.Parent),
        .. member.GetKind() == MemberReferenceKind.Field
            ? member.DecodeFieldSignature(Names, null)
            : TypeNames.Of(member.DecodeMethodSignature(Names, null)),
    ];

    private static IEnumerable<string> BehindSignature(StandaloneSignature signature) =>
        signature.GetKind() == StandaloneSignatureKind.Method
            ? TypeNames.Of(signature.DecodeMethodSignature(Names, null))
            : signature.DecodeLocalSignature(Names, null).SelectMany(local => local);
}
