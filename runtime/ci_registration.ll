; Who is registered: the threads that say so. Put together with ci_common.ll by "jci runtime".

define void @register_ci(i32 %ir, i32 %cycles, ptr %handler) #0 {
  call void @ci_register(i32 %ir, i32 %cycles, ptr %handler)
  ret void
}

define void @deregister_ci() #0 {
  call void @ci_deregister()
  ret void
}
