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
