#include "textflag.h"

// FOLD adds the eight lanes of Y (low half X) in the order of fold8; T is scratch.
#define FOLD(Y, X, T) \
	VEXTRACTF128 $1, Y, T \
	VADDPS T, X, X \
	VHADDPS X, X, X \
	VHADDPS X, X, X

// func repelAVX2(tx, ty, eps float32, cx, cy, cm *float32, n int, out *[3]float32)
TEXT ·repelAVX2(SB), NOSPLIT, $0-56
	VBROADCASTSS tx+0(FP), Y0
	VBROADCASTSS ty+4(FP), Y1
	VBROADCASTSS eps+8(FP), Y2
	MOVQ cx+16(FP), AX
	MOVQ cy+24(FP), BX
	MOVQ cm+32(FP), CX
	MOVQ n+40(FP), DX
	MOVQ out+48(FP), DI
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	XORQ SI, SI
	SUBQ $7, DX

repelLoop:
	CMPQ SI, DX
	JGE repelDone
	VSUBPS (AX)(SI*4), Y0, Y6  // dx = tx - cx
	VSUBPS (BX)(SI*4), Y1, Y7  // dy = ty - cy
	VMULPS Y6, Y6, Y8
	VADDPS Y2, Y8, Y8
	VMULPS Y7, Y7, Y9
	VADDPS Y9, Y8, Y8          // (dx*dx + eps) + dy*dy
	VMOVUPS (CX)(SI*4), Y9
	VDIVPS Y8, Y9, Y9          // f = m / d
	VMULPS Y6, Y9, Y6
	VMULPS Y7, Y9, Y7
	VADDPS Y6, Y3, Y3
	VADDPS Y7, Y4, Y4
	VADDPS Y9, Y5, Y5
	ADDQ $8, SI
	JMP repelLoop

repelDone:
	FOLD(Y3, X3, X6)
	FOLD(Y4, X4, X6)
	FOLD(Y5, X5, X6)
	VMOVSS X3, (DI)
	VMOVSS X4, 4(DI)
	VMOVSS X5, 8(DI)
	VZEROUPPER
	RET

// func repelSteepAVX2(tx, ty, eps float32, cx, cy, cm *float32, n int, out *[3]float32)
TEXT ·repelSteepAVX2(SB), NOSPLIT, $0-56
	VBROADCASTSS tx+0(FP), Y0
	VBROADCASTSS ty+4(FP), Y1
	VBROADCASTSS eps+8(FP), Y2
	MOVQ cx+16(FP), AX
	MOVQ cy+24(FP), BX
	MOVQ cm+32(FP), CX
	MOVQ n+40(FP), DX
	MOVQ out+48(FP), DI
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	XORQ SI, SI
	SUBQ $7, DX

steepLoop:
	CMPQ SI, DX
	JGE steepDone
	VSUBPS (AX)(SI*4), Y0, Y6  // dx = tx - cx
	VSUBPS (BX)(SI*4), Y1, Y7  // dy = ty - cy
	VMULPS Y6, Y6, Y8
	VADDPS Y2, Y8, Y8
	VMULPS Y7, Y7, Y9
	VADDPS Y9, Y8, Y8          // (dx*dx + eps) + dy*dy
	VSQRTPS Y8, Y9
	VMULPS Y9, Y8, Y8          // d^1.5
	VMOVUPS (CX)(SI*4), Y9
	VDIVPS Y8, Y9, Y9          // f = m / d^1.5
	VMULPS Y6, Y9, Y6
	VMULPS Y7, Y9, Y7
	VADDPS Y6, Y3, Y3
	VADDPS Y7, Y4, Y4
	VADDPS Y9, Y5, Y5
	ADDQ $8, SI
	JMP steepLoop

steepDone:
	FOLD(Y3, X3, X6)
	FOLD(Y4, X4, X6)
	FOLD(Y5, X5, X6)
	VMOVSS X3, (DI)
	VMOVSS X4, 4(DI)
	VMOVSS X5, 8(DI)
	VZEROUPPER
	RET

// func pullAVX2(tx, ty, unit float32, px, py *float32, row *uint16, n int, out *[2]float32)
TEXT ·pullAVX2(SB), NOSPLIT, $0-56
	VBROADCASTSS tx+0(FP), Y0
	VBROADCASTSS ty+4(FP), Y1
	VBROADCASTSS unit+8(FP), Y2
	MOVQ px+16(FP), AX
	MOVQ py+24(FP), BX
	MOVQ row+32(FP), CX
	MOVQ n+40(FP), DX
	MOVQ out+48(FP), DI
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y15, Y15, Y15
	MOVL $0x358637bd, R8       // 1e-6
	MOVQ R8, X13
	VBROADCASTSS X13, Y13
	MOVL $0x3f800000, R8       // 1
	MOVQ R8, X14
	VBROADCASTSS X14, Y14
	XORQ SI, SI
	SUBQ $7, DX

pullLoop:
	CMPQ SI, DX
	JGE pullDone
	VPMOVZXWD (CX)(SI*2), Y6
	VCVTDQ2PS Y6, Y6           // d
	VMOVUPS (AX)(SI*4), Y9
	VSUBPS Y0, Y9, Y9          // dx = px - tx
	VMOVUPS (BX)(SI*4), Y10
	VSUBPS Y1, Y10, Y10        // dy = py - ty
	VMULPS Y9, Y9, Y11
	VADDPS Y13, Y11, Y11
	VMULPS Y10, Y10, Y12
	VADDPS Y12, Y11, Y11
	VSQRTPS Y11, Y11           // length
	VMULPS Y2, Y6, Y12
	VSUBPS Y12, Y11, Y12       // length - unit*d
	VMULPS Y6, Y6, Y7
	VMULPS Y11, Y7, Y7         // d*d*length
	VCMPPS $1, Y6, Y15, Y8     // 0 < d
	VBLENDVPS Y8, Y7, Y14, Y7  // 1 where d is 0, lest 0/0
	VDIVPS Y7, Y12, Y12
	VANDPS Y8, Y12, Y12
	VMULPS Y9, Y12, Y9
	VMULPS Y10, Y12, Y10
	VADDPS Y9, Y3, Y3
	VADDPS Y10, Y4, Y4
	ADDQ $8, SI
	JMP pullLoop

pullDone:
	FOLD(Y3, X3, X6)
	FOLD(Y4, X4, X6)
	VMOVSS X3, (DI)
	VMOVSS X4, 4(DI)
	VZEROUPPER
	RET

// func gaugeAVX2(tx, ty, limit float32, px, py *float32, row *uint16, n int, out *[3]float32)
TEXT ·gaugeAVX2(SB), NOSPLIT, $0-56
	VBROADCASTSS tx+0(FP), Y0
	VBROADCASTSS ty+4(FP), Y1
	VBROADCASTSS limit+8(FP), Y2
	MOVQ px+16(FP), AX
	MOVQ py+24(FP), BX
	MOVQ row+32(FP), CX
	MOVQ n+40(FP), DX
	MOVQ out+48(FP), DI
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	VXORPS Y15, Y15, Y15
	MOVL $0x3f800000, R8       // 1
	MOVQ R8, X14
	VBROADCASTSS X14, Y14
	XORQ SI, SI
	SUBQ $7, DX

gaugeLoop:
	CMPQ SI, DX
	JGE gaugeDone
	VPMOVZXWD (CX)(SI*2), Y6
	VCVTDQ2PS Y6, Y6           // d
	VMOVUPS (AX)(SI*4), Y7
	VSUBPS Y0, Y7, Y7          // dx = px - tx
	VMOVUPS (BX)(SI*4), Y8
	VSUBPS Y1, Y8, Y8          // dy = py - ty
	VMULPS Y7, Y7, Y7
	VMULPS Y8, Y8, Y8
	VADDPS Y8, Y7, Y7
	VSQRTPS Y7, Y7
	VMAXPS Y14, Y6, Y8
	VDIVPS Y8, Y7, Y7          // length
	VCMPPS $1, Y6, Y15, Y8     // 0 < d
	VCMPPS $2, Y2, Y7, Y9      // length <= limit
	VANDPS Y9, Y8, Y8
	VANDPS Y8, Y7, Y7
	VANDPS Y8, Y14, Y8
	VADDPS Y7, Y3, Y3
	VMULPS Y7, Y7, Y7
	VADDPS Y7, Y4, Y4
	VADDPS Y8, Y5, Y5
	ADDQ $8, SI
	JMP gaugeLoop

gaugeDone:
	FOLD(Y3, X3, X6)
	FOLD(Y4, X4, X6)
	FOLD(Y5, X5, X6)
	VMOVSS X3, (DI)
	VMOVSS X4, 4(DI)
	VMOVSS X5, 8(DI)
	VZEROUPPER
	RET

DATA seats<>+0(SB)/8, $0x0000000100000000
DATA seats<>+8(SB)/8, $0x0000000300000002
DATA seats<>+16(SB)/8, $0x0000000500000004
DATA seats<>+24(SB)/8, $0x0000000700000006
GLOBL seats<>(SB), RODATA|NOPTR, $32

// func approachAVX2(ax, ay, bx, by, dist *float32, n int, step float32, apart uint32)
TEXT ·approachAVX2(SB), NOSPLIT, $0-56
	MOVQ ax+0(FP), AX
	MOVQ ay+8(FP), BX
	MOVQ bx+16(FP), CX
	MOVQ by+24(FP), DX
	MOVQ dist+32(FP), DI
	MOVQ n+40(FP), R9
	VBROADCASTSS step+48(FP), Y0
	MOVL $0x358637bd, R8       // 1e-6
	MOVQ R8, X1
	VBROADCASTSS X1, Y1
	MOVL $0x3f800000, R8       // 1
	MOVQ R8, X2
	VBROADCASTSS X2, Y2
	MOVL $0x3f000000, R8       // 0.5
	MOVQ R8, X3
	VBROADCASTSS X3, Y3
	MOVL apart+52(FP), R8
	MOVQ R8, X13
	VPBROADCASTD X13, Y13
	VMOVDQU seats<>(SB), Y14
	VXORPS Y15, Y15, Y15
	VPADDD Y13, Y14, Y12       // seat of the other end: VPERMPS takes indices modulo 8
	VPSUBD Y13, Y14, Y13       // and back
	XORQ SI, SI
	SUBQ $7, R9

approachLoop:
	CMPQ SI, R9
	JGE approachDone
	VMOVUPS (DI)(SI*4), Y4     // d
	VMOVUPS (AX)(SI*4), Y5
	VMOVUPS (BX)(SI*4), Y6
	VPERMPS (CX)(SI*4), Y12, Y7
	VPERMPS (DX)(SI*4), Y12, Y8
	VSUBPS Y7, Y5, Y7          // dx = ax - bx
	VSUBPS Y8, Y6, Y8          // dy = ay - by
	VMULPS Y7, Y7, Y9
	VMULPS Y8, Y8, Y10
	VADDPS Y10, Y9, Y9
	VSQRTPS Y9, Y9
	VADDPS Y1, Y9, Y9          // length
	VMULPS Y4, Y4, Y10         // d*d
	VMINPS Y10, Y0, Y14
	VMULPS Y3, Y14, Y14        // min(step, d*d)/2
	VSUBPS Y4, Y9, Y11         // length - d
	VMULPS Y11, Y14, Y11
	VMULPS Y9, Y10, Y10        // d*d*length
	VCMPPS $1, Y4, Y15, Y14    // 0 < d
	VBLENDVPS Y14, Y10, Y2, Y10 // 1 where d is 0, lest 0/0
	VDIVPS Y10, Y11, Y11       // f
	VMULPS Y7, Y11, Y7
	VMULPS Y8, Y11, Y8
	VSUBPS Y7, Y5, Y5
	VSUBPS Y8, Y6, Y6
	VMOVUPS Y5, (AX)(SI*4)
	VMOVUPS Y6, (BX)(SI*4)
	VPERMPS Y7, Y13, Y7
	VPERMPS Y8, Y13, Y8
	VADDPS (CX)(SI*4), Y7, Y7  // after the stores: it may be the same row
	VADDPS (DX)(SI*4), Y8, Y8
	VMOVUPS Y7, (CX)(SI*4)
	VMOVUPS Y8, (DX)(SI*4)
	ADDQ $8, SI
	JMP approachLoop

approachDone:
	VZEROUPPER
	RET
