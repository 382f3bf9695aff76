using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Dashboard.Broker.Tests.Architecture;

/// <summary>Walks the instructions of a method and finds the tokens in them: the types, methods and fields they name.</summary>
internal static class Instructions
{
    private const byte FirstOfTwoBytes = 0xFE;

    private static readonly Dictionary<ushort, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (ushort)code.Value, code => code.OperandType);

    public static IReadOnlyList<int> Tokens(BlobReader code)
    {
        var tokens = new List<int>();
        while (code.RemainingBytes > 0)
        {
            ushort instruction = code.ReadByte();
            if (instruction == FirstOfTwoBytes)
            {
                instruction = (ushort)(instruction << 8 | code.ReadByte());
            }

            switch (Operands[instruction])
            {
                case OperandType.InlineType or OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok
                    or OperandType.InlineSig:
                    tokens.Add(code.ReadInt32());
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                case OperandType.InlineI or OperandType.InlineBrTarget or OperandType.InlineString or OperandType.ShortInlineR:
                    code.Offset += 4;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.ShortInlineI or OperandType.ShortInlineVar or OperandType.ShortInlineBrTarget:
                    code.Offset += 1;
                    break;
                default:
                    break;
            }
        }

        return tokens;
    }
}
